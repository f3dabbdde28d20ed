import Traffic
